"""What users and machines do to the suite, tried by command and, in part, by the tests."""
