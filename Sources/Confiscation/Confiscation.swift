// Confiscation
