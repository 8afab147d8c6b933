<?xml version="1.0" encoding="UTF-8"?>
<!-- De la demande du hub à l'ancien format du SI : FTTH_ORDER, des éléments en majuscules, la date sans décalage. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" encoding="UTF-8" indent="no"/>
  <xsl:template match="/demande">
    <FTTH_ORDER>
      <ID><xsl:value-of select="@id"/></ID>
      <OPERATOR><xsl:value-of select="@operateur"/></OPERATOR>
      <TYPE><xsl:value-of select="@flux"/></TYPE>
      <DATE><xsl:value-of select="substring(@date, 1, 19)"/></DATE>
      <REF><xsl:value-of select="champ[@nom='ReferenceCommandePriseInterneOC']"/></REF>
      <xsl:if test="champ[@nom='CodeInseeImmeuble']">
        <ADDRESS INSEE="{champ[@nom='CodeInseeImmeuble']}" RIVOLI="{champ[@nom='CodeVoieRivoliImmeuble']}">
          <xsl:value-of select="champ[@nom='NumeroVoieImmeuble']"/>
        </ADDRESS>
      </xsl:if>
    </FTTH_ORDER>
  </xsl:template>
</xsl:stylesheet>
