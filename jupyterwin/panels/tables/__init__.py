"""Tables of any library in a grid that pages from the kernel. It knows the libraries, no window and no front end."""
