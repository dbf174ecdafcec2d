"""Stage 2, parse: text becomes typed records; what cannot be read becomes problems."""
