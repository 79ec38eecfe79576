"""What should have been seen by now, and was it? Pure judgement over registers and facts."""
