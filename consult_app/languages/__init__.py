"""What `consult_app.language` is made of; everybody else imports that."""
