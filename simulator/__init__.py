"""A practice city on loopback: what real portals look like, with known faults and an answer key."""
