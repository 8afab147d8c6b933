package fr.interophub.bacasable;

import java.util.EnumSet;
import java.util.Set;

/** A party that is played here; the other, if it is not, is a real one that is being tried. */
public enum Cote {
    OC,
    SI;

    static final Set<Cote> LES_DEUX = EnumSet.allOf(Cote.class);
}
