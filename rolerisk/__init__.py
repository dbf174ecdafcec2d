"""Role risk articles: structured roles, Markdown and templates in, a deployable folder out.

The map, in the order in which a build goes through it:

    load.py     1  every input file, with its digest
    parse/      2  text → typed records, with problems instead of exceptions
    assemble/   3  all records → one Site: scores, numbers, rankings, neighbours, addresses
    check/      4  one rule a file; problems stop the build before anything is rendered
    plan/       5  Site → outputs with their contexts and keys; which of them are stale, and why
    render/     6  one output → bytes
    write.py    7  staged, then renamed into place; the manifest last

`pipeline.py` alone knows them all; `content.py` calls 1 to 4, `publishing.py` ends 7; `commands/`,
one a file, call them. `model/` holds the values that cross the stages' borders, `text/` what several
of them do to texts, `problem.py` what can be wrong, `score.py` the arithmetic. When all stages have
spoken, `silence.py` leaves out what editors allow.

`loading.py` is stage 1 of who remembers what earlier runs saw; `reading.py` takes the roles through
stages 2 to 4 one by one, `surroundings.py` what is around them;
`alike/` compares the roles, `checking.py` puts before the rules what they look at; `survey/` makes
the report for the team. `links/` asks the network for external links. `workers.py` has the processes
that read, compare and render when there is much to do.

After a build, `finished.py` reads the output folder alone: `audit/` says whether readers and crawlers
get what they should, `hosts/` whether a host takes it, `announce/` tells search engines what changed.
"""
