"""What must be published, by whom, how often, by when, where: registers and sites files."""
