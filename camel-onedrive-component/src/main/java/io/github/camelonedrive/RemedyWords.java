package io.github.camelonedrive;

import java.util.List;

/**
 * How a program that uses this library asks for an action, such as the command that does it. As a bean in Camel's registry,
 * the component's health checks and console use it.
 */
@FunctionalInterface
public interface RemedyWords {

    /** No program's own words. */
    RemedyWords NEUTRAL = RemedyAction::sentence;

    /**
     * Returns a whole sentence; empty where there is nothing to add to the remedy's text.
     *
     * @param action only actions {@linkplain RemedyAction#isOfTheProgram() of the program}
     * @param about  what it is about: as a rule the destination's name, empty where it is not known
     */
    String sentence(RemedyAction action, List<String> about);
}
