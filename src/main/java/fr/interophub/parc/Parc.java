package fr.interophub.parc;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The accesses, read and written inside the caller's transaction. References are compared whatever their case.
 *
 * <p>Whoever puts an access in service, or changes the socket of one, holds the socket first ({@link #hold}) and only then
 * looks at what is in service on it: two OCs never come into service on one socket without one seeing the other.
 */
public interface Parc {

    /** The longest reference that the register keeps. */
    int REFERENCE_MAX = 100;

    /** Holds sockets until the end of the transaction, in an order that everyone follows. */
    void hold(Collection<String> prises);

    /** Holds every socket there is. */
    void holdAll();

    /** What is in service on these sockets, whoever's it is. */
    List<Acces> listEnService(Collection<String> prises);

    /** What is in service behind a PM, whoever's it is; in the order of the operators. */
    List<Acces> listBehind(String pm);

    /** The access of an OC, in whatever state, and holds it until the end of the transaction. */
    Optional<Acces> findForUpdate(String operateur, String prestation);

    /** The access of an OC, in whatever state, without holding it. */
    Optional<Acces> find(String operateur, String prestation);

    /** The accesses of an OC, in whatever state; those that there are. */
    List<Acces> list(String operateur, Collection<String> prestations);

    /** Every OC's access of this reference: the OI gives a reference once, but nothing makes it. */
    List<Acces> list(String prestation);

    /** Adds accesses, or replaces those of the same OC and prestation. */
    void write(Collection<Acces> acces);

    /** Ends accesses that are in service, all else of them staying as it is; the others stay as they are. */
    void end(Collection<Acces> acces, Acces.Etat etat);

    /** Forgets an access. */
    void remove(Acces acces);
}
