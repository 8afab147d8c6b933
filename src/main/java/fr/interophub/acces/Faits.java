package fr.interophub.acces;

import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.echange.Dossier;
import java.time.Instant;

final class Faits {
    static final String AVANT = "avant";

    private Faits() {}

    static void note(Dossier dossier, Flux flux, Issue issue, Ligne ligne, Instant now) {}
}
