package fr.interophub.transport.mail;

import org.junit.jupiter.api.DisplayName;

@DisplayName("Mail in and out, through a real IMAP and SMTP server, on PostgreSQL")
class CourrierSurPostgresIT extends CourrierContract {

    CourrierSurPostgresIT() {
        super("postgres");
    }
}
