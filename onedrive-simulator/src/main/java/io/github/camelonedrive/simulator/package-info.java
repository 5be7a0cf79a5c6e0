/**
 * OneDrive and the Microsoft identity platform in one small local server.
 *
 * <p>For tests of anything that talks to OneDrive through Microsoft Graph, and for trying such things without an account. It
 * listens on 127.0.0.1 only, streams bodies to files (20 GiB fit in 64 MB of heap), refuses what Graph would refuse, and
 * records
 * what Graph tolerates but a good client would not do.
 *
 * <pre>{@code
 * try (OneDriveSimulator sim = OneDriveSimulator.builder().accountType(AccountType.BUSINESS).start()) {
 *     // The third fragment is throttled twice; the last one is committed, but the response never arrives.
 *     sim.fault(Fault.on(Step.FRAGMENT).nth(3).times(2).throttle("1"));
 *     sim.fault(Fault.on(Step.FRAGMENT).lastFragment().cutAfter());
 *
 *     MyClient client = new MyClient(sim.graphEndpoint(), sim.loginEndpoint(),
 *             sim.clientId(), sim.clientSecret(), sim.refreshToken());
 *     client.upload(Path.of("dump.sql"), "/Backups/dump.sql");
 *
 *     assertThat(sim.file("/Backups/dump.sql").orElseThrow().versionCount()).isEqualTo(1);
 *     assertThat(sim.requests(Step.CREATE_SESSION)).hasSize(1);
 *     assertThat(sim.violations()).isEmpty();
 * }
 * }</pre>
 *
 * <p>The README of the module has a complete test and a table of the faults. With JUnit 5,
 * {@link io.github.camelonedrive.simulator.OneDriveSimulatorExtension} starts and closes the simulator. The statements marked S
 * in {@code docs/conformance.md} say what it does. It shares no code with the component that it tests: the two are independent
 * readings of those statements.
 */
package io.github.camelonedrive.simulator;
