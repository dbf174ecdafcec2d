"""Stage 6, render: one Output → bytes. Pure: a renderer sees its context and nothing else."""
