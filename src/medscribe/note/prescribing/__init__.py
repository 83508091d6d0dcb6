"""What is said of medicines in a visit -> orders and allergies, each with its evidence."""
