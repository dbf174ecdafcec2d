"""What the parse stage promises about input files; check/ holds the rules across records."""

from rolerisk.problem import Rule, Severity

SYNTAX = Rule(
    "yaml-syntax",
    Severity.ERROR,
    "The file is YAML.",
    "One problem a file is reported, since one slip makes the rest unreadable. The common slips "
    "(a tab, an unclosed quote, a colon in plain text) get a hint of their own.",
)
FEATURE = Rule(
    "yaml-feature",
    Severity.ERROR,
    "No anchors, aliases, tags, merge keys or several documents.",
    "They make a file mean something that it does not show, and an alias can stand for a million "
    "values. Write the text out.",
)
DUPLICATE_KEY = Rule(
    "duplicate-key",
    Severity.ERROR,
    "A key stands once in a record.",
    "YAML parsers keep one of the two and lose the other in silence.",
)
COMMENT_IN_TEXT = Rule(
    "comment-in-text",
    Severity.ERROR,
    "No ` #` comment behind plain text.",
    "In YAML a space and a # begin a comment: the rest of the line would be lost. Quote the text, "
    "or write it as a | block. A comment on a line of its own is fine, and so is one behind a "
    "number, a date or an id.",
)
UNKNOWN_KEY = Rule(
    "unknown-key",
    Severity.ERROR,
    "A record has only the keys that the schema knows.",
    "A misspelt key would be ignored, and the text with it.",
)
MISSING_KEY = Rule(
    "missing-key",
    Severity.ERROR,
    "A record has all the keys it needs.",
    "The schema says which are required; an editor's YAML extension shows it.",
)
WRONG_TYPE = Rule(
    "wrong-type",
    Severity.ERROR,
    "A list where a list belongs, a record where a record belongs, a text where a text belongs.",
    "The schema gives every value its type.",
)
BAD_VALUE = Rule(
    "bad-value",
    Severity.ERROR,
    "A value has the form its key asks for.",
    "Slugs, codes, addresses, dates, choices and whole numbers in their range.",
)
EXPOSURE = Rule(
    "exposure-range",
    Severity.ERROR,
    "An exposure is 0-100 or a range such as 55-80.",
    "It says how much of the task today's tools can do under supervision. A plain hyphen, the "
    "lower number first.",
)
COUNT = Rule(
    "count",
    Severity.ERROR,
    "A list has as many entries as an article needs.",
    "3-8 tools, 3-8 tasks at risk, 3-8 durable ones, exactly five steps, at least two sources.",
)
CONTROL_CHARACTER = Rule(
    "control-character",
    Severity.ERROR,
    "No characters that cannot be seen.",
    "Control characters break feeds and sitemaps; right-to-left overrides and zero-width "
    "characters make a text read differently from what it says.",
)
NARRATIVE = Rule(
    "narrative",
    Severity.ERROR,
    "A narrative is Markdown under level-two headings.",
    "Known headings are Introduction, The current state of AI, The score and The path forward; any "
    "other becomes a section of its own. Text before the first heading, a known heading twice, a "
    "level-one heading, the name of a generated section, a code fence without an end and a file "
    "without a role are errors.",
)
NEAR_HEADING = Rule(
    "near-heading",
    Severity.WARNING,
    "A heading is one of the known ones, or clearly another.",
    "A near miss of a known heading becomes a section of its own, and the known one is filled with "
    "shared text: hardly what was meant.",
)
FRONT_MATTER = Rule(
    "front-matter",
    Severity.ERROR,
    "A page begins with its front matter between two lines of ---.",
    "title, summary and updated.",
)
OCCUPATIONS = Rule(
    "occupations",
    Severity.ERROR,
    "occupations.csv has one row per SOC code and one column per measure.",
    "The header is soc, title and measure ids of measures.yaml; a figure is a number or empty.",
)
UNREAD_FILE = Rule(
    "unread-file",
    Severity.WARNING,
    "A YAML, Markdown or CSV file in content/ is one that something reads.",
    "A role in content/roles/baker.yml, or a table with a misspelt name, would be left out in silence. "
    "A README is fine anywhere.",
)
TEMPLATE_SYNTAX = Rule(
    "template",
    Severity.ERROR,
    "Templates for editors only output, choose and repeat.",
    "Jinja in content/article, content/pages and title patterns may use {{ }}, if, for over given "
    "lists, the listed filters and tests, attributes, comparisons and constants: no calls, no "
    "arithmetic, no macros or includes, so that nothing can loop or grow without end.",
)
RULES = (
    UNREAD_FILE,
    SYNTAX,
    FEATURE,
    DUPLICATE_KEY,
    COMMENT_IN_TEXT,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    BAD_VALUE,
    EXPOSURE,
    COUNT,
    CONTROL_CHARACTER,
    NARRATIVE,
    NEAR_HEADING,
    FRONT_MATTER,
    OCCUPATIONS,
    TEMPLATE_SYNTAX,
)
