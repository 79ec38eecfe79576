"""How pages are fetched, politely and provably."""
