"""`serve`: the site on this machine, rebuilt on every save, with problems shown in the browser."""
