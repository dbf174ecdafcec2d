"""The commands, one a file: each reads its options and the clock, calls the package and prints.

`COMMANDS` is the whole mechanism: a new command is a new module with `command`, and a line here.
The line of help stands here too, so that `--help` and a command import no other command.
"""

COMMANDS = {
    "build": "Check the content and write the site.",
    "check": "Check the content and write nothing.",
    "serve": "Serve the site on this machine and show every save in the browser.",
    "new": "Begin a role: write a draft with TODOs in the right places.",
    "import-onet": "Begin roles from the O*NET database: drafts with tasks, shares and exposures.",
    "explain": "Say what a file of the site is made of, and why it would be rendered.",
    "diff": "Say what a branch changes for readers: pages, titles, scores, words.",
    "report": "Say how the scores agree with research, and what is due, rare or hard to read.",
    "fmt": "Rewrite the content's YAML and Markdown in one form, and lose nothing.",
    "rename": "Change a role's slug and what refers to it; the old address leads to the new one.",
    "split": "Give roles of roles.yaml files of their own; the site stays as it is.",
    "join": "Move roles from files of their own to the end of roles.yaml; the site stays as it is.",
    "schema": "Write the JSON Schemas that editors' YAML extensions complete and check with.",
    "announce": "Tell search engines which pages are new, changed or gone.",
    "nginx": "Print the built site's headers and redirects, and what is gone, for nginx to include.",
    "clean": "Remove what builds have written, and the caches.",
}
