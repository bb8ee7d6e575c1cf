"""The second screen, turned towards the applicant: look, check, agree, sign, rate."""
