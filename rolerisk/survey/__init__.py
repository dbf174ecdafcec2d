"""The report: what all roles say together, beside what research says. It never fails a build."""
