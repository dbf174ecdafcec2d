"""What a branch changed: the content of an earlier revision in git, compared with today's.

`git.py` alone asks git; the other files compare values and read nothing.
"""
