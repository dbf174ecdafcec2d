"""Pure functions on texts that several stages need: Markdown, editors' templates, spelling."""
