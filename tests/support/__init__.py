"""What the tests share: one noun a file. Nothing here is part of the package, and nothing starts on import."""
