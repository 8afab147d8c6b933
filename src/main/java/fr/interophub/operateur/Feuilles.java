package fr.interophub.operateur;

import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.SurchargeFeuille;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The sheets of the catalogue as an operator's contract has them; made once per contract. */
public final class Feuilles {

    private record Cle(FluxSheet sheet, SurchargeFeuille surcharge) {}

    private static final Map<Cle, FluxSheet> MADE = new ConcurrentHashMap<>();

    private Feuilles() {}

    /** Forgets the sheets that no contract asks for any more. */
    static void keep(List<Operateur> operateurs) {
        Set<SurchargeFeuille> used = operateurs.stream()
                .flatMap(operateur -> operateur.contrat().colonnes().values().stream())
                .collect(Collectors.toSet());
        MADE.keySet().removeIf(cle -> !used.contains(cle.surcharge));
    }

    /**
     * The sheet of a page; as the contract has it where the operator speaks that page, whose columns the contract names.
     *
     * @throws IllegalArgumentException when the contract does not fit the sheet; the message tells every fault, in French
     */
    public static FluxSheet of(Page page, String flux, Operateur operateur) {
        FluxSheet sheet = page.feuille(flux);
        SurchargeFeuille own = operateur.contrat().colonnes().get(flux);
        boolean spoken = page.version().equals(operateur.versions().get(page.protocole()));
        return own == null || !spoken ? sheet : MADE.computeIfAbsent(new Cle(sheet, own), cle -> sheet.with(own));
    }
}
