"""Who needs to be told what, in which form."""
