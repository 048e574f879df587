"""Two short reports to find citations in, counted by hand, and what makes other formats of them."""
