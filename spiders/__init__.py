"""What a page says, and which links lead to the rest of its column."""
