"""Places: where named windows were, found again when they open; and layouts of whole sets of them."""
