"""What is made of a file that came with an answer: photos, logs and names, without a database."""
