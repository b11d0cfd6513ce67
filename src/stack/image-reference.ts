/** A reference to an image in its parts: `quay.io/jupyter/base-notebook:2026@sha256:…`. */
export interface ImageReference {
  /** Registry with port; empty for Docker Hub. */
  readonly host: string
  /** What stands between host and repository: `jupyter`; empty for Docker's official images and local names. */
  readonly organisation: string
  /** The last component: `base-notebook`. */
  readonly repository: string
  readonly tag: string | null
  readonly digest: string | null
}

/** Takes a reference apart. The `docker.io` and `library` that Docker itself adds are left out. */
export function parseReference(reference: string): ImageReference {
  const [named = '', digest = null] = reference.replace(/^docker-image:\/\//, '').split('@')
  const slash = named.lastIndexOf('/')
  const colon = named.indexOf(':', slash + 1)
  const tag = colon < 0 ? null : named.slice(colon + 1)
  const parts = (colon < 0 ? named : named.slice(0, colon)).split('/')
  const first = parts[0] ?? ''
  const hosted = parts.length > 1 && (/[.:]/.test(first) || first === 'localhost')
  const host = hosted ? (parts.shift() ?? '') : ''
  const hub = /^(?:index\.)?docker\.io$/.test(host) || host === ''
  const repository = parts.pop() ?? ''
  const organisation = parts.join('/')
  return {
    host: hub ? '' : host,
    organisation: hub && organisation === 'library' ? '' : organisation,
    repository,
    tag,
    digest,
  }
}

/**
 * What two references must share to be of one publisher: the organisation, whatever the registry (stacks are published
 * to several); the registry where there is no organisation; empty for a bare name.
 */
export function publisherOf(reference: Pick<ImageReference, 'host' | 'organisation'>): string {
  return (reference.organisation || reference.host).toLowerCase()
}

/** The publisher that a prefix names, `ghcr.io/ucsd-ets` or `pangeo`. */
export function publisherOfPrefix(prefix: string): string {
  return publisherOf(parseReference(`${prefix.replace(/\/+$/, '')}/x`))
}

/** True for a bare name that Docker publishes an official image of: a folder may be named after it, FROM means Docker's. */
export function isOfficial(reference: ImageReference): boolean {
  return publisherOf(reference) === '' && official.has(reference.repository)
}

const officialNames =
  'adminer aerospike almalinux alpine alt amazoncorretto amazonlinux arangodb archlinux bash bonita buildpack-deps busybox caddy ' +
  'cassandra chronograf cirros clearlinux clefos clojure composer consul couchbase couchdb crate dart debian docker drupal ' +
  'eclipse-mosquitto eclipse-temurin eggdrop elasticsearch elixir emqx erlang fedora flink fluentd friendica gazebo gcc geonetwork ghost ' +
  'golang gradle groovy haproxy haskell haxe hello-world hitch httpd hylang ibmjava influxdb irssi jetty joomla jruby julia kapacitor ' +
  'kibana kong liquibase logstash mageia mariadb matomo maven mediawiki memcached mongo mongo-express monica mono mysql nats ' +
  'nats-streaming neo4j neurodebian nextcloud nginx node notary odoo open-liberty openjdk oraclelinux orientdb percona perl ' +
  'phpmyadmin php photon plone postfixadmin postgres pypy python rabbitmq rakudo-star r-base redis redmine registry rethinkdb ' +
  'rocket.chat rockylinux ros ruby rust sapmachine satosa scratch silverpeas sl solr sonarqube spark spiped storm swift swipl ' +
  'teamspeak telegraf tomcat tomee traefik ubuntu unit varnish vault websphere-liberty wordpress xwiki yourls znc zookeeper'
const official: ReadonlySet<string> = new Set(officialNames.split(' '))
