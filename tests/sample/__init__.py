"""Made-up creators with a known truth, and the files their platforms would export."""
