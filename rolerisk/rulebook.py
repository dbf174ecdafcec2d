"""All rules there are, from all who hold one: what documentation and SARIF speak of."""

from rolerisk import check, load, silence
from rolerisk.audit import rules as audit_rules
from rolerisk.edit.rules import FORMAT
from rolerisk.hosts import limits
from rolerisk.links import rules as link_rules
from rolerisk.parse import rules as parse_rules
from rolerisk.problem import Rule
from rolerisk.revision import rules as revision_rules

RULES: tuple[Rule, ...] = (
    *load.RULES,
    *parse_rules.RULES,
    *(module.RULE for module in (*check.ROLE_RULES, *check.SITE_RULES)),
    *revision_rules.RULES,
    *limits.RULES,
    *audit_rules.RULES,
    *silence.RULES,
    *link_rules.RULES,
    FORMAT,
)
