package dev.holdfast.inventory.java;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Group ids of libraries whose archives often carry no Maven descriptor: built by Ant, Gradle or sbt, or older than the descriptor.
 *
 * <p>A name alone proves nothing, since anybody may call a jar {@code spring-web}: an entry counts only for an archive that holds
 * classes under the package that the library is known for.
 *
 * <pre>
 *   line     = group " " package { " " name }
 *   name     = artifact [ "@" major ] | artifact-prefix "*" | file-name "=" artifact
 * </pre>
 *
 * <p>With {@code @} the line holds from that major version on, for libraries that moved to another group and kept their packages; the
 * first line that fits counts. The form with {@code =} is for files that do not bear the artifact's name.
 */
final class KnownArtifacts {
    private static final String TABLE = """
            org.springframework org/springframework/ spring spring-aop spring-aspects spring-beans spring-context spring-context-support \
            spring-context-indexer spring-core spring-expression spring-instrument spring-jdbc spring-jms spring-messaging \
            spring-orm spring-oxm spring-r2dbc spring-test spring-tx spring-web spring-webflux spring-webmvc spring-webmvc-portlet \
            spring-websocket
            org.springframework org/apache/commons/logging/ spring-jcl
            org.springframework.boot org/springframework/boot/ spring-boot spring-boot-*
            org.springframework.security org/springframework/security/ spring-security-*
            org.springframework.data org/springframework/data/ spring-data-*
            org.springframework.cloud org/springframework/cloud/ spring-cloud-*
            org.springframework.integration org/springframework/integration/ spring-integration-*
            org.springframework.batch org/springframework/batch/ spring-batch-*
            org.springframework.amqp org/springframework/amqp/ spring-amqp spring-rabbit
            org.springframework.kafka org/springframework/kafka/ spring-kafka
            org.springframework.session org/springframework/session/ spring-session-*
            org.springframework.hateoas org/springframework/hateoas/ spring-hateoas
            org.springframework.ldap org/springframework/ldap/ spring-ldap-*
            org.springframework.ws org/springframework/ws/ spring-ws-*
            org.springframework.retry org/springframework/retry/ spring-retry
            org.springframework.plugin org/springframework/plugin/ spring-plugin-*
            commons-beanutils org/apache/commons/beanutils/ commons-beanutils
            commons-cli org/apache/commons/cli/ commons-cli
            commons-codec org/apache/commons/codec/ commons-codec
            commons-collections org/apache/commons/collections/ commons-collections
            org.apache.commons org/apache/commons/collections4/ commons-collections4
            commons-configuration org/apache/commons/configuration/ commons-configuration
            org.apache.commons org/apache/commons/configuration2/ commons-configuration2
            commons-daemon org/apache/commons/daemon/ commons-daemon
            commons-dbcp org/apache/commons/dbcp/ commons-dbcp
            org.apache.commons org/apache/commons/dbcp2/ commons-dbcp2
            commons-digester org/apache/commons/digester/ commons-digester
            commons-discovery org/apache/commons/discovery/ commons-discovery
            commons-el org/apache/commons/el/ commons-el
            commons-fileupload org/apache/commons/fileupload/ commons-fileupload
            commons-httpclient org/apache/commons/httpclient/ commons-httpclient
            commons-io org/apache/commons/io/ commons-io
            commons-jxpath org/apache/commons/jxpath/ commons-jxpath
            commons-lang org/apache/commons/lang/ commons-lang
            org.apache.commons org/apache/commons/lang3/ commons-lang3
            commons-logging org/apache/commons/logging/ commons-logging commons-logging-api
            commons-modeler org/apache/commons/modeler/ commons-modeler
            commons-net org/apache/commons/net/ commons-net
            commons-pool org/apache/commons/pool/ commons-pool
            org.apache.commons org/apache/commons/pool2/ commons-pool2
            commons-validator org/apache/commons/validator/ commons-validator
            commons-vfs org/apache/commons/vfs/ commons-vfs
            org.apache.commons org/apache/commons/ commons-compress commons-csv commons-crypto commons-dbutils commons-email \
            commons-exec commons-fileupload2 commons-imaging commons-jcs-core commons-jexl commons-jexl3 commons-math commons-math3 \
            commons-rng-* commons-text commons-vfs2
            commons-dbutils org/apache/commons/dbutils/ commons-dbutils
            log4j org/apache/log4j/ log4j apache-log4j-extras
            org.apache.logging.log4j org/apache/logging/ log4j-core log4j-api log4j-web log4j-jcl log4j-jul log4j-slf4j-impl \
            log4j-slf4j2-impl log4j-1.2-api log4j-*
            org.apache.logging.log4j org/apache/log4j/ log4j-1.2-api
            ch.qos.reload4j org/apache/log4j/ reload4j
            ch.qos.logback ch/qos/logback/ logback-classic logback-core logback-access
            org.slf4j org/slf4j/ slf4j-api slf4j-simple slf4j-nop slf4j-jdk14 slf4j-log4j12 slf4j-reload4j slf4j-jcl slf4j-ext
            org.slf4j org/apache/commons/logging/ jcl-over-slf4j
            org.slf4j org/apache/log4j/ log4j-over-slf4j
            org.slf4j org/slf4j/bridge/ jul-to-slf4j
            org.jboss.logging org/jboss/logging/ jboss-logging
            com.fasterxml.jackson.core com/fasterxml/jackson/ jackson-core jackson-annotations jackson-databind
            com.fasterxml.jackson.dataformat com/fasterxml/jackson/dataformat/ jackson-dataformat-*
            com.fasterxml.jackson.datatype com/fasterxml/jackson/datatype/ jackson-datatype-*
            com.fasterxml.jackson.module com/fasterxml/jackson/module/ jackson-module-*
            com.fasterxml.jackson.jaxrs com/fasterxml/jackson/jaxrs/ jackson-jaxrs-*
            tools.jackson.core tools/jackson/ jackson-core jackson-databind
            org.codehaus.jackson org/codehaus/jackson/ jackson-core-asl jackson-mapper-asl jackson-jaxrs jackson-xc
            com.fasterxml com/fasterxml/classmate/ classmate
            com.fasterxml.woodstox com/ctc/wstx/ woodstox-core
            org.codehaus.woodstox com/ctc/wstx/ woodstox-core-asl wstx-asl
            org.codehaus.woodstox org/codehaus/stax2/ stax2-api
            org.codehaus.jettison org/codehaus/jettison/ jettison
            com.google.guava com/google/common/ guava guava-jdk5
            com.google.collections com/google/common/ google-collections
            com.google.code.gson com/google/gson/ gson
            com.google.code.findbugs javax/annotation/ jsr305
            com.google.protobuf com/google/protobuf/ protobuf-java protobuf-java-util protobuf-javalite protobuf-lite
            com.google.inject com/google/inject/ guice
            com.google.inject.extensions com/google/inject/ guice-*
            com.google.oauth-client com/google/api/client/ google-oauth-client
            com.google.http-client com/google/api/client/ google-http-client
            com.google.zxing com/google/zxing/ core javase
            com.google.gwt com/google/gwt/ gwt-user gwt-dev gwt-servlet
            com.google.re2j com/google/re2j/ re2j
            io.netty io/netty/ netty-all netty-*
            io.netty org/jboss/netty/ netty
            org.yaml org/yaml/snakeyaml/ snakeyaml
            org.snakeyaml org/snakeyaml/engine/ snakeyaml-engine
            org.json org/json/ json
            net.minidev net/minidev/json/ json-smart
            net.sf.json-lib net/sf/json/ json-lib
            com.alibaba com/alibaba/fastjson/ fastjson
            com.alibaba.fastjson2 com/alibaba/fastjson2/ fastjson2
            com.alibaba com/alibaba/druid/ druid
            com.alibaba com/alibaba/dubbo/ dubbo
            org.apache.dubbo org/apache/dubbo/ dubbo dubbo-*
            com.alibaba.nacos com/alibaba/nacos/ nacos-*
            com.thoughtworks.xstream com/thoughtworks/xstream/ xstream
            xpp3 org/xmlpull/ xpp3 xpp3_min
            xmlpull org/xmlpull/ xmlpull
            org.dom4j org/dom4j/ dom4j@2
            dom4j org/dom4j/ dom4j
            org.jdom org/jdom2/ jdom2
            org.jdom org/jdom/ jdom@1
            jaxen org/jaxen/ jaxen
            xalan org/apache/xalan/ xalan
            xalan org/apache/xml/serializer/ serializer
            xerces org/apache/xerces/ xercesImpl xerces
            xml-apis org/w3c/dom/ xml-apis
            xml-resolver org/apache/xml/resolver/ xml-resolver
            xom nu/xom/ xom
            net.sf.saxon net/sf/saxon/ Saxon-HE saxon
            org.apache.santuario org/apache/xml/security/ xmlsec
            org.opensaml org/opensaml/ opensaml opensaml-*
            org.owasp.esapi org/owasp/esapi/ esapi
            org.owasp.antisamy org/owasp/validator/ antisamy
            com.googlecode.owasp-java-html-sanitizer org/owasp/html/ owasp-java-html-sanitizer
            org.jsoup org/jsoup/ jsoup
            net.sourceforge.htmlunit com/gargoylesoftware/htmlunit/ htmlunit
            net.sourceforge.nekohtml org/cyberneko/ nekohtml
            org.ccil.cowan.tagsoup org/ccil/cowan/ tagsoup
            org.apache.struts org/apache/struts2/ struts2-core struts2-*
            org.apache.struts org/apache/struts/ struts-core struts-taglib struts-tiles
            struts org/apache/struts/ struts
            org.apache.struts.xwork com/opensymphony/xwork2/ xwork-core
            opensymphony com/opensymphony/ xwork webwork sitemesh oscache
            ognl ognl/ ognl
            org.freemarker freemarker/ freemarker
            velocity org/apache/velocity/ velocity-dep
            org.apache.velocity org/apache/velocity/ velocity velocity-engine-core velocity-tools
            org.thymeleaf org/thymeleaf/ thymeleaf thymeleaf-*
            com.github.spullara.mustache.java com/github/mustachejava/ compiler
            com.github.jknack com/github/jknack/handlebars/ handlebars
            org.apache.groovy groovy/ groovy@4 groovy-all@4 groovy-json@4 groovy-xml@4 groovy-sql@4 groovy-templates@4
            org.codehaus.groovy groovy/ groovy groovy-all groovy-json groovy-xml groovy-sql groovy-templates
            org.beanshell bsh/ bsh bsh-core
            org.mvel org/mvel2/ mvel2
            rhino org/mozilla/javascript/ js
            org.mozilla org/mozilla/javascript/ rhino
            org.python org/python/ jython jython-standalone
            org.jruby org/jruby/ jruby jruby-core jruby-complete
            org.clojure clojure/ clojure
            org.scala-lang scala/ scala-library scala-reflect scala-compiler
            org.jetbrains.kotlin kotlin/ kotlin-stdlib kotlin-stdlib-common kotlin-stdlib-jdk7 kotlin-stdlib-jdk8 kotlin-reflect
            org.jetbrains.kotlinx kotlinx/ kotlinx-*
            org.jetbrains org/jetbrains/annotations/ annotations
            javax.servlet javax/servlet/ servlet-api javax.servlet-api jstl
            javax.servlet.jsp javax/servlet/jsp/ jsp-api javax.servlet.jsp-api
            jakarta.servlet jakarta/servlet/ jakarta.servlet-api
            taglibs org/apache/taglibs/ standard
            javax.mail javax/mail/ mail javax.mail-api
            com.sun.mail com/sun/mail/ javax.mail jakarta.mail
            javax.activation javax/activation/ activation javax.activation-api
            javax.inject javax/inject/ javax.inject
            javax.annotation javax/annotation/ javax.annotation-api jsr250-api
            javax.transaction javax/transaction/ jta javax.transaction-api
            javax.jms javax/jms/ jms javax.jms-api
            javax.el javax/el/ el-api javax.el-api
            javax.validation javax/validation/ validation-api
            javax.persistence javax/persistence/ persistence-api javax.persistence-api
            javax.ws.rs javax/ws/rs/ javax.ws.rs-api jsr311-api
            javax.xml.bind javax/xml/bind/ jaxb-api
            javax.xml.stream javax/xml/stream/ stax-api
            stax javax/xml/stream/ stax
            javax.xml.soap javax/xml/soap/ javax.xml.soap-api saaj-api
            javax.faces javax/faces/ jsf-api javax.faces-api
            com.sun.faces com/sun/faces/ jsf-impl
            org.glassfish org/glassfish/ javax.json javax.el
            org.glassfish org/apache/el/ javax.el
            org.glassfish com/sun/el/ javax.el
            org.glassfish com/sun/faces/ javax.faces
            com.sun.xml.bind com/sun/xml/bind/ jaxb-impl jaxb-core
            com.sun.xml.ws com/sun/xml/ws/ jaxws-rt
            com.sun.jersey com/sun/jersey/ jersey-core jersey-server jersey-client jersey-json
            org.glassfish.jersey.core org/glassfish/jersey/ jersey-common jersey-server jersey-client
            org.glassfish.grizzly org/glassfish/grizzly/ grizzly-*
            org.apache.myfaces.core org/apache/myfaces/ myfaces-api myfaces-impl
            org.primefaces org/primefaces/ primefaces
            org.richfaces org/richfaces/ richfaces
            com.vaadin com/vaadin/ vaadin-server flow-server
            org.apache.wicket org/apache/wicket/ wicket-core wicket-util
            org.apache.tapestry org/apache/tapestry5/ tapestry-core
            org.zkoss.zk org/zkoss/ zk
            tomcat org/apache/catalina/ tomcat
            org.apache.tomcat org/apache/catalina/ tomcat-catalina catalina=tomcat-catalina catalina-ant=tomcat-catalina-ant \
            catalina-ha=tomcat-catalina-ha catalina-ssi=tomcat-ssi tomcat-ssi catalina-storeconfig=tomcat-storeconfig \
            catalina-tribes=tomcat-tribes tomcat-tribes
            org.apache.tomcat org/apache/coyote/ tomcat-coyote
            org.apache.tomcat org/apache/jasper/ tomcat-jasper jasper=tomcat-jasper
            org.apache.tomcat org/apache/el/ tomcat-jasper-el jasper-el=tomcat-jasper-el
            org.apache.tomcat org/apache/tomcat/ tomcat-api tomcat-dbcp tomcat-i18n-* tomcat-jdbc tomcat-jni tomcat-util \
            tomcat-util-scan tomcat-websocket
            org.apache.tomcat org/apache/juli/ tomcat-juli
            org.apache.tomcat.embed org/apache/ tomcat-embed-core tomcat-embed-el tomcat-embed-jasper tomcat-embed-websocket
            tomcat org/apache/jasper/ jasper-compiler jasper-runtime
            org.eclipse.jetty org/eclipse/jetty/ jetty-*
            org.eclipse.jetty.websocket org/eclipse/jetty/websocket/ websocket-*
            org.mortbay.jetty org/mortbay/ jetty jetty-util jetty-sslengine jetty-embedded
            io.undertow io/undertow/ undertow-core undertow-servlet undertow-websockets-jsr
            org.apache.httpcomponents org/apache/http/ httpclient httpcore httpmime httpasyncclient fluent-hc httpcore-nio
            org.apache.httpcomponents.client5 org/apache/hc/client5/ httpclient5
            org.apache.httpcomponents.core5 org/apache/hc/core5/ httpcore5 httpcore5-h2
            com.squareup.okhttp3 okhttp3/ okhttp logging-interceptor okhttp-*
            com.squareup.okhttp com/squareup/okhttp/ okhttp
            com.squareup.okio okio/ okio okio-jvm
            com.squareup.retrofit2 retrofit2/ retrofit converter-gson converter-jackson
            com.squareup.moshi com/squareup/moshi/ moshi
            org.asynchttpclient org/asynchttpclient/ async-http-client
            com.ning com/ning/http/ async-http-client
            io.vertx io/vertx/ vertx-core vertx-web vertx-*
            io.projectreactor reactor/ reactor-core
            io.projectreactor.netty reactor/netty/ reactor-netty reactor-netty-core reactor-netty-http
            io.reactivex rx/ rxjava
            io.reactivex.rxjava3 io/reactivex/rxjava3/ rxjava
            io.reactivex.rxjava2 io/reactivex/ rxjava
            org.reactivestreams org/reactivestreams/ reactive-streams
            io.micrometer io/micrometer/ micrometer-*
            io.micronaut io/micronaut/ micronaut-*
            io.quarkus io/quarkus/ quarkus-*
            io.grpc io/grpc/ grpc-*
            io.opentelemetry io/opentelemetry/ opentelemetry-*
            io.zipkin.zipkin2 zipkin2/ zipkin zipkin-*
            io.zipkin zipkin2/ zipkin-server
            com.linecorp.armeria com/linecorp/armeria/ armeria armeria-*
            com.typesafe.akka akka/ akka-*
            com.typesafe com/typesafe/config/ config
            com.typesafe.play play/ play play_*
            org.hibernate.orm org/hibernate/ hibernate-core@6
            org.hibernate org/hibernate/ hibernate hibernate-core hibernate-entitymanager hibernate-annotations \
            hibernate-commons-annotations
            org.hibernate.common org/hibernate/annotations/common/ hibernate-commons-annotations
            org.hibernate.validator org/hibernate/validator/ hibernate-validator
            org.mybatis org/apache/ibatis/ mybatis
            org.mybatis org/mybatis/spring/ mybatis-spring
            com.baomidou com/baomidou/mybatisplus/ mybatis-plus mybatis-plus-core
            com.github.pagehelper com/github/pagehelper/ pagehelper
            org.apache.ibatis com/ibatis/ ibatis-sqlmap
            org.jooq org/jooq/ jooq
            com.h2database org/h2/ h2
            org.hsqldb org/hsqldb/ hsqldb
            org.apache.derby org/apache/derby/ derby derbyclient derbynet derbytools
            org.postgresql org/postgresql/ postgresql
            mysql com/mysql/ mysql-connector-java
            com.mysql com/mysql/cj/ mysql-connector-j
            org.mariadb.jdbc org/mariadb/jdbc/ mariadb-java-client
            com.microsoft.sqlserver com/microsoft/sqlserver/ mssql-jdbc
            net.sourceforge.jtds net/sourceforge/jtds/ jtds
            com.oracle.database.jdbc oracle/jdbc/ ojdbc8 ojdbc10 ojdbc11 ojdbc6 ojdbc14
            org.xerial org/sqlite/ sqlite-jdbc
            org.xerial.snappy org/xerial/snappy/ snappy-java
            org.lz4 net/jpountz/ lz4-java lz4-pure-java
            com.github.luben com/github/luben/zstd/ zstd-jni
            org.tukaani org/tukaani/xz/ xz
            com.zaxxer com/zaxxer/hikari/ HikariCP HikariCP-java7
            com.mchange com/mchange/ c3p0 mchange-commons-java
            redis.clients redis/clients/ jedis
            io.lettuce io/lettuce/ lettuce-core
            org.redisson org/redisson/ redisson
            org.mongodb com/mongodb/ mongo-java-driver mongodb-driver mongodb-driver-core mongodb-driver-sync bson
            com.datastax.cassandra com/datastax/driver/ cassandra-driver-core cassandra-driver-mapping
            org.apache.cassandra org/apache/cassandra/ apache-cassandra cassandra-all
            org.neo4j org/neo4j/ neo4j neo4j-kernel
            org.elasticsearch org/elasticsearch/ elasticsearch elasticsearch-core elasticsearch-x-content
            org.elasticsearch.client org/elasticsearch/client/ elasticsearch-rest-client elasticsearch-rest-high-level-client transport
            org.opensearch org/opensearch/ opensearch opensearch-core opensearch-x-content
            org.apache.lucene org/apache/lucene/ lucene-core lucene-*
            org.apache.solr org/apache/solr/ solr-core solr-solrj solr-*
            org.apache.kafka org/apache/kafka/ kafka-clients connect-api connect-runtime kafka-streams kafka-*
            org.apache.kafka kafka/ kafka_2.10 kafka_2.11 kafka_2.12 kafka_2.13
            org.apache.zookeeper org/apache/zookeeper/ zookeeper
            org.apache.curator org/apache/curator/ curator-client curator-framework curator-recipes
            org.apache.activemq org/apache/activemq/ activemq-all activemq-broker activemq-client activemq-core activemq-*
            org.apache.camel org/apache/camel/ camel-core camel-*
            org.apache.cxf org/apache/cxf/ cxf cxf-*
            org.apache.axis2 org/apache/axis2/ axis2 axis2-*
            axis org/apache/axis/ axis
            org.apache.axis org/apache/axis/ axis-jaxrpc
            wsdl4j javax/wsdl/ wsdl4j
            org.apache.xmlrpc org/apache/xmlrpc/ xmlrpc-client xmlrpc-server xmlrpc-common
            xmlrpc org/apache/xmlrpc/ xmlrpc
            org.apache.xmlbeans org/apache/xmlbeans/ xmlbeans
            org.apache.xmlgraphics org/apache/batik/ batik-*
            org.apache.xmlgraphics org/apache/fop/ fop
            org.apache.xmlgraphics org/apache/xmlgraphics/ xmlgraphics-commons
            org.apache.poi org/apache/poi/ poi poi-ooxml poi-scratchpad
            org.apache.pdfbox org/apache/pdfbox/ pdfbox pdfbox-tools
            org.apache.pdfbox org/apache/fontbox/ fontbox
            org.apache.tika org/apache/tika/ tika-core tika-parsers tika-app tika-server
            org.apache.shiro org/apache/shiro/ shiro-core shiro-web shiro-*
            org.apache.ant org/apache/tools/ant/ ant ant-launcher
            org.apache.bcel org/apache/bcel/ bcel
            org.apache.hadoop org/apache/hadoop/ hadoop-common hadoop-core hadoop-hdfs hadoop-*
            org.apache.hbase org/apache/hadoop/hbase/ hbase-client hbase-server hbase-*
            org.apache.hive org/apache/hadoop/hive/ hive-exec hive-*
            org.apache.spark org/apache/spark/ spark-core_2.11 spark-core_2.12 spark-core_2.13 spark-*
            org.apache.flink org/apache/flink/ flink-*
            org.apache.storm org/apache/storm/ storm-core storm-client
            org.apache.thrift org/apache/thrift/ libthrift
            org.apache.avro org/apache/avro/ avro
            org.apache.parquet org/apache/parquet/ parquet-*
            org.apache.calcite org/apache/calcite/ calcite-core
            org.apache.ignite org/apache/ignite/ ignite-core
            org.apache.geode org/apache/geode/ geode-core
            org.apache.mina org/apache/mina/ mina-core
            org.apache.sshd org/apache/sshd/ sshd-core sshd-common
            org.apache.felix org/apache/felix/ org.apache.felix.framework
            org.apache.karaf org/apache/karaf/ org.apache.karaf.main
            org.apache.ftpserver org/apache/ftpserver/ ftpserver-core
            org.apache.james org/apache/james/ apache-mime4j-core
            org.apache.openjpa org/apache/openjpa/ openjpa
            com.jcraft com/jcraft/jsch/ jsch
            com.hierynomus net/schmizz/sshj/ sshj
            org.bouncycastle org/bouncycastle/ bcprov-* bcpkix-* bcpg-* bcmail-* bctls-* bcutil-* bc-fips
            io.jsonwebtoken io/jsonwebtoken/ jjwt jjwt-api jjwt-impl
            com.auth0 com/auth0/jwt/ java-jwt
            com.nimbusds com/nimbusds/ nimbus-jose-jwt oauth2-oidc-sdk
            org.bitbucket.b_c org/jose4j/ jose4j
            org.jasypt org/jasypt/ jasypt
            org.keycloak org/keycloak/ keycloak-core keycloak-services keycloak-*
            org.pac4j org/pac4j/ pac4j-core pac4j-*
            org.jasig.cas.client org/jasig/cas/ cas-client-core
            org.quartz-scheduler org/quartz/ quartz
            net.sf.ehcache net/sf/ehcache/ ehcache ehcache-core
            org.ehcache org/ehcache/ ehcache
            com.hazelcast com/hazelcast/ hazelcast hazelcast-all
            org.infinispan org/infinispan/ infinispan-core
            org.jgroups org/jgroups/ jgroups
            com.github.ben-manes.caffeine com/github/benmanes/caffeine/ caffeine
            com.rabbitmq com/rabbitmq/ amqp-client
            io.nats io/nats/ jnats
            joda-time org/joda/time/ joda-time
            org.javassist javassist/ javassist
            cglib net/sf/cglib/ cglib cglib-nodep
            asm org/objectweb/asm/ asm-all
            org.ow2.asm org/objectweb/asm/ asm asm-commons asm-tree asm-util asm-analysis
            net.bytebuddy net/bytebuddy/ byte-buddy byte-buddy-agent
            org.aspectj org/aspectj/ aspectjweaver aspectjrt aspectjtools
            aopalliance org/aopalliance/ aopalliance
            antlr antlr/ antlr
            org.antlr org/antlr/ antlr-runtime antlr4-runtime stringtemplate ST4
            net.java.dev.jna com/sun/jna/ jna jna-platform
            junit junit/ junit
            org.junit.jupiter org/junit/jupiter/ junit-jupiter-api junit-jupiter-engine
            org.testng org/testng/ testng
            org.hamcrest org/hamcrest/ hamcrest hamcrest-core hamcrest-library hamcrest-all
            org.mockito org/mockito/ mockito-core mockito-all
            org.assertj org/assertj/ assertj-core
            org.easymock org/easymock/ easymock
            com.beust com/beust/jcommander/ jcommander
            args4j org/kohsuke/args4j/ args4j
            info.picocli picocli/ picocli
            org.projectlombok lombok/ lombok
            org.wiremock com/github/tomakehurst/wiremock/ wiremock@3 wiremock-standalone@3
            com.github.tomakehurst com/github/tomakehurst/wiremock/ wiremock wiremock-standalone wiremock-jre8 wiremock-jre8-standalone
            org.seleniumhq.selenium org/openqa/selenium/ selenium-server selenium-api selenium-java
            org.jenkins-ci.main hudson/ jenkins-core cli
            org.jenkins-ci.main executable/ jenkins-war
            org.jolokia org/jolokia/ jolokia-core jolokia-jvm
            io.prometheus.jmx io/prometheus/jmx/ jmx_prometheus_javaagent
            com.itextpdf com/itextpdf/ itextpdf itext7-core
            com.lowagie com/lowagie/ itext
            net.sf.jasperreports net/sf/jasperreports/ jasperreports
            org.jfree org/jfree/ jfreechart jcommon
            com.amazonaws com/amazonaws/ aws-java-sdk-core aws-java-sdk-s3 aws-java-sdk-*
            com.netflix.hystrix com/netflix/hystrix/ hystrix-core
            com.netflix.eureka com/netflix/eureka/ eureka-client
            com.netflix.zuul com/netflix/zuul/ zuul-core
            com.esotericsoftware com/esotericsoftware/kryo/ kryo
            com.caucho com/caucho/hessian/ hessian
            org.msgpack org/msgpack/ msgpack msgpack-core
            org.mapstruct org/mapstruct/ mapstruct
            org.modelmapper org/modelmapper/ modelmapper
            com.cronutils com/cronutils/ cron-utils
            cn.hutool cn/hutool/ hutool-all hutool-core
            com.xuxueli com/xxl/job/ xxl-job-core
            org.flywaydb org/flywaydb/ flyway-core
            org.liquibase liquibase/ liquibase-core
            org.apache.maven org/apache/maven/ maven-core maven-model maven-artifact maven-plugin-api
            org.codehaus.plexus org/codehaus/plexus/ plexus-utils plexus-archiver
            org.eclipse.jgit org/eclipse/jgit/ org.eclipse.jgit
            org.eclipse.jdt org/eclipse/jdt/ core ecj
            net.lingala.zip4j net/lingala/zip4j/ zip4j
            org.zeroturnaround org/zeroturnaround/zip/ zt-zip
            net.sf.jopt-simple joptsimple/ jopt-simple
            oro org/apache/oro/ oro
            regexp org/apache/regexp/ regexp
            rome com/sun/syndication/ rome
            nekohtml org/cyberneko/ nekohtml
            jtidy org/w3c/tidy/ jtidy
            """;

    private static final Map<String, List<Known>> EXACT = new HashMap<>();
    private static final Map<String, List<Known>> BY_PREFIX = new HashMap<>();

    static {
        for (String line : TABLE.split("\n")) {
            String[] words = line.split(" ");
            for (int i = 2; i < words.length; i++) {
                add(words[0], words[1], words[i]);
            }
        }
    }

    private KnownArtifacts() {}

    /**
     * A library that is known.
     *
     * @param group group id
     * @param artifact artifact id
     * @param home where its classes are, as a path
     * @param major the major version from which on this holds; 0 for all
     */
    record Known(String group, String artifact, String home, int major) {}

    private static void add(String group, String home, String name) {
        int alias = name.indexOf('=');
        int since = name.indexOf('@');
        if (alias > 0) {
            put(EXACT, name.substring(0, alias), new Known(group, name.substring(alias + 1), home, 0));
        } else if (since > 0) {
            int major = Integer.parseInt(name.substring(since + 1));
            put(EXACT, name.substring(0, since), new Known(group, name.substring(0, since), home, major));
        } else if (name.endsWith("*")) {
            put(BY_PREFIX, name.substring(0, name.length() - 1), new Known(group, "", home, 0));
        } else {
            put(EXACT, name, new Known(group, name, home, 0));
        }
    }

    private static void put(Map<String, List<Known>> map, String key, Known known) {
        map.computeIfAbsent(key, ignored -> new ArrayList<>(1)).add(known);
    }

    /** The packages of every library that has this artifact id, as paths without a slash at the end. */
    static List<String> homes(String artifact) {
        return EXACT.getOrDefault(artifact, List.of()).stream()
                .map(known -> known.home().substring(0, known.home().length() - 1))
                .toList();
    }

    /**
     * The known library of that name whose classes the archive holds. An archive without any class, such as a starter that only names
     * dependencies, proves nothing and is believed: there is nothing in it to be wrong about.
     */
    static Optional<Known> find(String name, String version, JarContents contents) {
        for (Known known : EXACT.getOrDefault(name, List.of())) {
            if (major(version) >= known.major() && contents.mayHoldClassUnder(known.home())) {
                return Optional.of(known);
            }
        }
        for (int end = name.length() - 1; end > 1; end--) {
            for (Known known : BY_PREFIX.getOrDefault(name.substring(0, end), List.of())) {
                if (contents.mayHoldClassUnder(known.home())) {
                    return Optional.of(new Known(known.group(), name, known.home(), 0));
                }
            }
        }
        return Optional.empty();
    }

    private static int major(String version) {
        int end = 0;
        while (end < version.length() && end < 9 && version.charAt(end) >= '0' && version.charAt(end) <= '9') {
            end++;
        }
        return end == 0 ? 0 : Integer.parseInt(version.substring(0, end));
    }
}
