"""The types of exposed functions: type hints as shapes, values checked by them, TypeScript made of them."""
