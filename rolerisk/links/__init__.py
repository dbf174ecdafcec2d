"""`check --links`: asks the network for every external link, politely, and remembers the answers.

addresses.py finds the links, ask.py sends one request, follow.py makes an answer of what comes
back, asking.py asks for all of them, rules.py makes problems of the answers.
"""
