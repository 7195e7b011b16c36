"""The lamp shop that shows the product: its pages, its people, and weeks of its conversations."""
