"""Note + prescription + masked talk -> alerts."""
