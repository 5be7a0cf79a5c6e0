package io.github.camelonedrive.graph;

import io.github.camelonedrive.OneDriveException;

/** Who is signed in. Needs the permission {@code User.Read}, which the default scopes hold. */
public final class People {

    private static final String ME = "/me?$select=id,displayName,userPrincipalName,mail";

    private final GraphClient client;
    private final String label;

    /** @param label what people call the account, for messages: the destination's name */
    public People(GraphClient client, String label) {
        this.client = client;
        this.label = label;
    }

    /**
     * The person who is signed in.
     *
     * @throws GraphException with status 400 when it is an application that is signed in, not a person
     *                        ({@code graph-contract.md} §1.1); 403 when the permission is missing
     */
    public Person me() throws OneDriveException, InterruptedException {
        return client.call("GET", ME, null, "Looking up the account of '" + label + "'", ItemReader::person);
    }
}
