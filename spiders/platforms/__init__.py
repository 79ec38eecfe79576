"""The platform families: one module each; `generic` reads what no family claims."""
