"""Which roles say the same: a comparison of all roles, remembered from run to run."""
