package fr.interophub.acces;

import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import fr.interophub.echange.Registre;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@link Registre} in memory, for tests of the rules. */
final class MemoireRegistre implements Registre {

    private final Map<String, Dossier> dossiers = new HashMap<>();
    final List<Message> messages = new ArrayList<>();
    final List<Lot> lots = new ArrayList<>();

    @Override
    public Map<String, Dossier> findForUpdate(String operateur, String objet, Collection<String> cles) {
        Map<String, Dossier> found = new HashMap<>();
        for (String cle : cles) {
            Dossier dossier = dossiers.get(operateur + "/" + objet + "/" + cle);
            if (dossier != null) {
                found.put(cle, dossier);
            }
        }
        return found;
    }

    @Override
    public Optional<Dossier> findByReference(String operateur, String objet, String champ, String valeur) {
        return dossiers.values().stream()
                .filter(dossier -> dossier.operateur().equals(operateur)
                        && dossier.objet().equals(objet)
                        && valeur.equalsIgnoreCase(dossier.references().get(champ)))
                .findFirst();
    }

    @Override
    public Optional<Dossier> findForUpdate(UUID id) {
        return dossiers.values().stream()
                .filter(dossier -> dossier.id().equals(id))
                .findFirst();
    }

    @Override
    public Optional<Message> findMessage(UUID id) {
        return messages.stream().filter(message -> message.id().equals(id)).findFirst();
    }

    @Override
    public Optional<Message> findFirst(UUID dossierId, String flux) {
        return messages.stream()
                .filter(message -> dossierId.equals(message.dossierId())
                        && message.flux().equals(flux)
                        && message.nature() == null)
                .findFirst();
    }

    @Override
    public void write(Lot lot) {
        lot.nouveaux()
                .forEach(dossier ->
                        dossiers.put(dossier.operateur() + "/" + dossier.objet() + "/" + dossier.cle(), dossier));
        messages.addAll(lot.messages());
        lots.add(lot);
    }

    Dossier get(String operateur, String cle) {
        return dossiers.get(operateur + "/commande/" + cle);
    }
}
