package fr.interophub.transport.soap;

import fr.interophub.operateur.Operateur;
import fr.interophub.sav.Appel;
import fr.interophub.sav.Lecture;
import fr.interophub.sav.Reponse;
import fr.interophub.sav.Signalisations;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A service that accepts everything and remembers what it was told: what reaches it is what the door read. */
final class SignalisationsDEssai implements Signalisations {

    @Configuration
    static class Wiring {
        @Bean
        SignalisationsDEssai signalisations() {
            return new SignalisationsDEssai();
        }
    }

    final List<Appel> appels = new CopyOnWriteArrayList<>();
    final Map<String, Map<String, String>> tickets = new ConcurrentHashMap<>();

    @Override
    public Reponse create(Operateur oc, Appel appel) {
        appels.add(appel);
        if ("PANNE".equals(appel.champs().get("messageContent"))) {
            throw new IllegalStateException("select * from secret where password = 'interne'");
        }
        if (!oc.siren().equals(appel.champs().get("serviceProviderID"))) {
            return new Reponse(null, 15, "ACCES NON AUTORISE");
        }
        String key = "OI-" + (tickets.size() + 1);
        tickets.put(key, appel.champs());
        return new Reponse(key, 0, null);
    }

    @Override
    public Reponse set(Operateur oc, Appel appel) {
        appels.add(appel);
        return new Reponse(appel.champs().get("troubleTicketKey"), 0, null);
    }

    @Override
    public Lecture read(Operateur oc, Map<String, String> criteres, List<String> attrNames) {
        return tickets.entrySet().stream()
                .filter(ticket -> ticket.getKey().equals(criteres.get("troubleTicketKey"))
                        || criteres.containsKey("technicalId")
                                && criteres.get("technicalId")
                                        .equals(ticket.getValue().get("technicalId")))
                .findFirst()
                .map(ticket -> new Lecture(new Reponse(ticket.getKey(), 0, null), ticket.getValue()))
                .orElse(new Lecture(new Reponse(null, 5, "AUCUN RESULTAT TROUVE"), Map.of()));
    }
}
