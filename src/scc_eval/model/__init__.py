"""What evaluators declare: the theory of change, the evidence, the judgement and the telling."""
