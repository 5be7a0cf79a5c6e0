/**
 * OneDrive and the Microsoft identity platform in one small local server.
 *
 * <p>For tests of anything that talks to OneDrive through Microsoft Graph, and for trying such things without an account. It
 * listens on 127.0.0.1 only, streams bodies to files (20 GiB fit in 64 MB of heap), refuses what Graph would refuse, and notes
 * what Graph tolerates but a good client would not do.
 *
 * <pre>{@code
 * try (OneDriveSimulator sim = OneDriveSimulator.builder()
 *         .accountType(AccountType.BUSINESS)
 *         .accessTokenLifetime(Duration.ofMinutes(5))
 *         .start()) {
 *     sim.putFile("/Backups/old.sql", "old".getBytes(StandardCharsets.UTF_8));
 *
 *     // The third fragment is throttled twice; the last one is committed, but the answer never arrives.
 *     sim.fault(Fault.on(Step.FRAGMENT).nth(3).times(2).throttle("1"));
 *     sim.fault(Fault.on(Step.FRAGMENT).lastFragment().cutAfter());
 *
 *     MyClient client = new MyClient(sim.graphEndpoint(), sim.loginEndpoint(),
 *             sim.clientId(), sim.clientSecret(), sim.refreshToken());
 *     client.upload(Path.of("dump.sql"), "/Backups/dump.sql");
 *
 *     StoredFile stored = sim.file("/backups/DUMP.sql").orElseThrow();   // names are case-insensitive
 *     assertThat(stored.size()).isEqualTo(Files.size(Path.of("dump.sql")));
 *     assertThat(stored.versionCount()).isEqualTo(1);
 *     assertThat(sim.openSessions()).isEmpty();
 *     assertThat(sim.requests(Step.CREATE_SESSION)).hasSize(1);
 *     assertThat(sim.violations()).isEmpty();
 * }
 * }</pre>
 *
 * <p>Sign-in is there whole: refresh tokens, authorization code with PKCE behind a page that works in any browser, device code,
 * and client credentials by secret, certificate or federated token. A test answers in a person's place:
 *
 * <pre>{@code
 * OneDriveSimulator sim = OneDriveSimulator.builder().publicClient().autoConsent().start();
 * sim.onSignIn(SignInOutcome.adminApproval());                     // the next person has no right to consent
 * sim.approveDevice(sim.pendingDeviceCodes().get(0));              // someone typed the code that a device shows
 * sim.fault(Fault.on(Step.TOKEN).aadsts(53003));                   // Conditional Access is in the way, once
 * sim.grantOnly("User.Read");                                      // tokens that Graph lets see no file
 * assertThat(sim.tokenCalls()).containsEntry("refresh_token", 1);
 * }</pre>
 *
 * <p>Changes can be followed with delta, and the links for that can die ({@code sim.expireDeltaTokens()}). Copies take a while:
 * they are done when their monitor has been asked often enough, or when {@code sim.finishCopies()} says so.
 *
 * <p>What tokens may do is enforced: 403 without permission, 401 when they are meant for another service. Each simulator is one
 * account with a name of its own; any number of them run beside each other.
 *
 * <p>It speaks http, or with {@code tls()} https under a certificate of its own, also under Microsoft's host names. With
 * {@code stateDirectory(path)} it is the same OneDrive after a restart; without, everything is gone when it is closed.
 *
 * <p>With JUnit 5, {@link io.github.camelonedrive.simulator.OneDriveSimulatorExtension} starts and closes it.
 *
 * <p>The statements marked S in {@code docs/conformance.md} say what it does. It shares no code with the component that it
 * tests: the two are independent readings of those statements.
 */
package io.github.camelonedrive.simulator;
