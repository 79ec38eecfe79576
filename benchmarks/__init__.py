"""Measurements. Not tests: they depend on the machine, so they state ratios within one run."""
