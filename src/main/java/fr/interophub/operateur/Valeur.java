package fr.interophub.operateur;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What one value of a sheet means and may be. {@link Lecture} holds what is written to it; the page {@code docs/contrat.md}
 * and the console tell it. The default is the one of {@link Contrat#DEFAUT}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Valeur {

    /** What it means, in French, for whoever negotiates a contract. */
    String value();

    /** The words it may be, or its elements; none: any. */
    String[] parmi() default {};

    /** The least number it may be. */
    int min() default Integer.MIN_VALUE;

    /** The greatest number it may be. */
    int max() default Integer.MAX_VALUE;
}
