"""What was seen, and when: facts, stored and read back."""
