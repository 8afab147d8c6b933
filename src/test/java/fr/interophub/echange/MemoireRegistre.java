package fr.interophub.echange;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@link Registre} in memory, for tests of the rules; it keeps the same contract as the database. Dossiers are copied in
 * and out, so that what was not written is not kept.
 */
public final class MemoireRegistre implements Registre {

    private final Map<UUID, Dossier> dossiers = new HashMap<>();
    private final List<Lot.Reference> references = new ArrayList<>();
    private final List<Message> messages = new ArrayList<>();
    private final List<Lot> lots = new ArrayList<>();

    @Override
    public Map<String, Dossier> findForUpdate(String operateur, String objet, Collection<String> cles) {
        Map<String, Dossier> found = new HashMap<>();
        for (String cle : cles) {
            of(operateur, objet)
                    .filter(dossier -> dossier.cle().equals(cle))
                    .forEach(dossier -> found.put(cle, copy(dossier)));
        }
        return found;
    }

    @Override
    public Map<String, Dossier> find(String operateur, String objet, Collection<String> cles) {
        return findForUpdate(operateur, objet, cles);
    }

    @Override
    public List<Dossier> findForUpdate(Collection<UUID> ids) {
        return ids.stream()
                .distinct()
                .sorted()
                .flatMap(id -> findForUpdate(id).stream())
                .toList();
    }

    @Override
    public List<Dossier> listByReference(String operateur, String objet, String champ, Collection<String> valeurs) {
        Set<String> wanted = valeurs.stream().map(Cles::upper).collect(Collectors.toSet());
        return of(operateur, objet)
                .filter(dossier -> references.stream()
                        .anyMatch(reference -> reference.dossierId().equals(dossier.id())
                                && reference.champ().equals(champ)
                                && wanted.contains(Cles.upper(reference.valeur()))))
                .map(MemoireRegistre::copy)
                .toList();
    }

    @Override
    public List<Dossier> listByKeyOrReference(String operateur, String objet, String cle, String champ, String valeur) {
        return Stream.concat(
                        of(operateur, objet)
                                .filter(dossier -> Cles.upper(dossier.cle()).equals(Cles.upper(cle)))
                                .map(MemoireRegistre::copy),
                        listByReference(operateur, objet, champ, List.of(valeur)).stream())
                .collect(Collectors.toMap(Dossier::id, dossier -> dossier, (one, same) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private Stream<Dossier> of(String operateur, String objet) {
        return dossiers.values().stream()
                .filter(dossier ->
                        dossier.operateur().equals(operateur) && dossier.objet().equals(objet));
    }

    @Override
    public Optional<Dossier> findByReference(String operateur, String objet, String champ, String valeur) {
        return of(operateur, objet)
                .filter(dossier -> references.stream()
                        .anyMatch(reference -> reference.dossierId().equals(dossier.id())
                                && reference.champ().equals(champ)
                                && Cles.upper(reference.valeur()).equals(Cles.upper(valeur))))
                .max(Comparator.comparing(Dossier::id))
                .map(MemoireRegistre::copy);
    }

    @Override
    public Optional<Dossier> findForUpdate(UUID id) {
        return Optional.ofNullable(dossiers.get(id)).map(MemoireRegistre::copy);
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
                .min(Comparator.comparingInt(Message::rang));
    }

    @Override
    public List<Message> list(UUID dossierId, Collection<String> flux) {
        return messages.stream()
                .filter(message -> dossierId.equals(message.dossierId())
                        && flux.contains(message.flux())
                        && message.nature() == null)
                .sorted(Comparator.comparingInt(Message::rang))
                .toList();
    }

    @Override
    public List<Message> list(Collection<UUID> dossierIds, Collection<String> flux) {
        return dossierIds.stream()
                .sorted()
                .flatMap(dossier -> list(dossier, flux).stream())
                .toList();
    }

    @Override
    public void write(Lot lot) {
        lot.nouveaux().forEach(dossier -> dossiers.put(dossier.id(), copy(dossier)));
        lot.modifies().forEach(dossier -> dossiers.put(dossier.id(), copy(dossier)));
        references.addAll(lot.references());
        messages.addAll(lot.messages());
        lots.add(lot);
    }

    private static Dossier copy(Dossier dossier) {
        return new Dossier(
                dossier.id(),
                dossier.objet(),
                dossier.protocole(),
                dossier.version(),
                dossier.operateur(),
                dossier.cle(),
                dossier.empreinte(),
                dossier.creeLe(),
                dossier.etat(),
                dossier.vie(),
                dossier.rang(),
                dossier.modifieLe(),
                dossier.references(),
                dossier.faits());
    }

    /** The order of this reference, as last written; null when there is none. */
    public Dossier get(String operateur, String cle) {
        return findForUpdate(operateur, "commande", List.of(cle)).get(cle);
    }

    /** Every dossier, the oldest first. */
    public List<Dossier> dossiers() {
        return dossiers.values().stream()
                .sorted(Comparator.comparing(Dossier::id))
                .toList();
    }

    /** Everything said, in the order it was written. */
    public List<Message> messages() {
        return messages;
    }

    public List<Lot> lots() {
        return lots;
    }
}
