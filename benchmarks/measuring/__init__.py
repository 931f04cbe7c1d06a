"""What every subject is measured with: kernels, screens, memory, loads, numbers. It knows no subject."""
