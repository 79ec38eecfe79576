"""A practice city over a year: pages come, change and go; twelve monthly crawls; the key that follows from them."""
