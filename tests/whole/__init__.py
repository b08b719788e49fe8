"""What tests of the whole application share: its endpoints, who may use them, and addresses of each."""
